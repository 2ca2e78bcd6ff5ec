//! The words that a page prints, and where.
//!
//! Follows the operators of the page and of the forms it prints, as far as they move or show text.

use super::font::Font;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// A word on a page; `y` is the line it stands on, upwards.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

/// What a page has.
#[derive(Default)]
pub(crate) struct Printed {
    pub words: Vec<Word>,
    pub pictures: usize,
    /// Characters that nothing tells the letters of.
    pub unknown: usize,
    /// Not all of it was read: its operators are broken, or unpack to more than they may.
    pub is_cut: bool,
}

/// Fonts read so far.
pub(crate) type Fonts = HashMap<ObjectId, Rc<Font>>;

/// Bytes that the operators of one page may unpack to.
const PAGE: usize = 16 << 20;

/// What reading a font costs of what may still be unpacked, so that one named again and again comes to an end.
const FONT: usize = 4 << 10;

/// Forms within forms.
const DEPTH: usize = 8;

/// Reads a page; `left` is how much may still be unpacked.
pub(crate) fn read(document: &Document, page: ObjectId, fonts: &mut Fonts, left: &mut usize) -> Printed {
    let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
    let inherited = inherited.iter().filter_map(|id| document.get_dictionary(*id).ok());
    let resources: Vec<&Dictionary> = own.into_iter().chain(inherited).collect();
    let limit = PAGE.min(*left);
    let content = document.get_page_content_with_limit(page, limit);
    let is_cut = content.is_err();
    let content = content.unwrap_or_default();
    *left = left.saturating_sub(content.len().max(64));
    let mut reader = Reader { document, fonts, left, printed: Printed { is_cut, ..Printed::default() }, word: None, depth: 0 };
    reader.run(&content, &resources, turned(document, page));
    reader.finish();
    reader.printed
}

/// A matrix of PDF: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy)]
struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    const NONE: Matrix = Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// A move.
    fn by(e: f32, f: f32) -> Matrix {
        Matrix { e, f, ..Matrix::NONE }
    }

    /// Six numbers.
    fn of(numbers: &[f32]) -> Option<Matrix> {
        let [a, b, c, d, e, f] = *numbers else { return None };
        Some(Matrix { a, b, c, d, e, f })
    }

    /// This one first, then `then`.
    fn then(self, then: Matrix) -> Matrix {
        Matrix {
            a: self.a * then.a + self.b * then.c,
            b: self.a * then.b + self.b * then.d,
            c: self.c * then.a + self.d * then.c,
            d: self.c * then.b + self.d * then.d,
            e: self.e * then.a + self.f * then.c + then.e,
            f: self.e * then.b + self.f * then.d + then.f,
        }
    }
}

/// How the page is turned before it is shown.
fn turned(document: &Document, page: ObjectId) -> Matrix {
    let mut node = document.get_dictionary(page).ok();
    let mut turn = None;
    // What a page does not say, the heap of pages that it stands in says.
    for _ in 0..DEPTH {
        let Some(here) = node else { break };
        turn = here.get_deref(b"Rotate", document).and_then(Object::as_i64).ok();
        if turn.is_some() {
            break;
        }
        node = here.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    match turn.unwrap_or(0).rem_euclid(360) {
        90 => Matrix { a: 0.0, b: -1.0, c: 1.0, d: 0.0, ..Matrix::NONE },
        180 => Matrix { a: -1.0, d: -1.0, ..Matrix::NONE },
        270 => Matrix { a: 0.0, b: 1.0, c: -1.0, d: 0.0, ..Matrix::NONE },
        _ => Matrix::NONE,
    }
}

/// What operators set and `q` keeps.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    between_letters: f32,
    between_words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

struct Reader<'a> {
    document: &'a Document,
    fonts: &'a mut Fonts,
    left: &'a mut usize,
    printed: Printed,
    /// The word being set.
    word: Option<Word>,
    depth: usize,
}

impl Reader<'_> {
    /// Follows the operators in `content`.
    fn run(&mut self, content: &[u8], resources: &[&Dictionary], page: Matrix) {
        let mut state = State {
            page,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut kept: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::NONE, Matrix::NONE);
        for operation in Content::decode_iter(content) {
            let Ok(Operation { operator, operands }) = operation else {
                self.printed.is_cut = true;
                return;
            };
            let numbers: Vec<f32> = operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
            let first = numbers.first().copied().unwrap_or(0.0);
            match operator.as_str() {
                "q" if kept.len() < 256 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.page = Matrix::of(&numbers).map_or(state.page, |matrix| matrix.then(state.page)),
                "BT" => (text, line) = (Matrix::NONE, Matrix::NONE),
                "Tf" => {
                    state.font = operands.first().and_then(|name| self.font(name.as_name().ok()?, resources));
                    state.size = first;
                }
                "Tc" => state.between_letters = first,
                "Tw" => state.between_words = first,
                "Tz" => state.stretch = first / 100.0,
                "TL" => state.leading = first,
                "Ts" => state.rise = first,
                "Tm" => {
                    line = Matrix::of(&numbers).unwrap_or(line);
                    text = line;
                }
                "Td" | "TD" => {
                    let down = numbers.get(1).copied().unwrap_or(0.0);
                    if operator == "TD" {
                        state.leading = -down;
                    }
                    line = Matrix::by(first, down).then(line);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    if let ("\"", [words, letters, ..]) = (operator.as_str(), numbers.as_slice()) {
                        (state.between_words, state.between_letters) = (*words, *letters);
                    }
                    line = Matrix::by(0.0, -state.leading).then(line);
                    text = line;
                    self.show(&operands, &state, &mut text);
                }
                "Tj" | "TJ" => self.show(&operands, &state, &mut text),
                "Do" => drop(operands.first().and_then(|name| self.paint(name.as_name().ok()?, resources, state.page))),
                "BI" => self.printed.pictures += 1,
                _ => {}
            }
        }
    }

    fn font(&mut self, name: &[u8], resources: &[&Dictionary]) -> Option<Rc<Font>> {
        let document = self.document;
        let kinds = resources.iter().filter_map(|one| one.get_deref(b"Font", document).and_then(Object::as_dict).ok());
        let entry = kinds.filter_map(|kind| kind.get(name).ok()).next()?;
        let id = entry.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        *self.left = self.left.checked_sub(FONT)?;
        let font = Rc::new(Font::new(document, document.dereference(entry).ok()?.1.as_dict().ok()?));
        *self.left = self.left.saturating_sub(font.cost);
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Prints a form, or counts a picture.
    fn paint(&mut self, name: &[u8], resources: &[&Dictionary], page: Matrix) -> Option<()> {
        let document = self.document;
        let mut kinds = resources.iter().filter_map(|one| one.get_deref(b"XObject", document).and_then(Object::as_dict).ok());
        let form = kinds.find_map(|kind| kind.get_deref(name, document).and_then(Object::as_stream).ok())?;
        if form.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            self.printed.pictures += 1;
            return None;
        }
        let limit = PAGE.min(*self.left);
        let content = form.get_plain_content_with_limit(limit).ok().filter(|_| self.depth < DEPTH && limit > 0);
        self.printed.is_cut |= content.is_none();
        let content = content?;
        *self.left = self.left.saturating_sub(content.len().max(64));
        let own = form.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let own: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).take(DEPTH).collect();
        let matrix = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let numbers: Vec<f32> = matrix.into_iter().flatten().filter_map(|one| one.as_float().ok()).collect();
        self.depth += 1;
        self.run(&content, &own, Matrix::of(&numbers).map_or(page, |matrix| matrix.then(page)));
        self.depth -= 1;
        Some(())
    }

    /// Shows strings, and the moves between them.
    fn show(&mut self, operands: &[Object], state: &State, text: &mut Matrix) {
        for operand in operands {
            match operand {
                Object::String(bytes, _) => self.string(bytes, state, text),
                Object::Array(parts) => {
                    for part in parts {
                        match part {
                            Object::String(bytes, _) => self.string(bytes, state, text),
                            part => {
                                let back = part.as_float().unwrap_or(0.0) / 1000.0;
                                *text = Matrix::by(-back * state.size * state.stretch, 0.0).then(*text);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn string(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = &state.font else { return };
        for code in bytes.chunks(if font.wide { 2 } else { 1 }) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let width = font.width(code) / 1000.0 * state.size;
            let gap = state.between_letters + if code == 32 && !font.wide { state.between_words } else { 0.0 };
            let at = Matrix::by(0.0, state.rise).then(*text).then(state.page);
            match font.letters(code) {
                Some(letters) => self.letters(&letters, at, width * state.stretch, state.size),
                None => self.printed.unknown += 1,
            }
            *text = Matrix::by((width + gap) * state.stretch, 0.0).then(*text);
        }
    }

    /// Sets letters of this width, which begin at the origin of `at`.
    fn letters(&mut self, letters: &str, at: Matrix, width: f32, size: f32) {
        let (x, y, size) = (at.e, at.f, size.abs() * at.c.hypot(at.d));
        let x1 = x + width * at.a;
        // What runs upwards beside a picture is no line of the story.
        let is_upright = at.a > at.b.abs() && x.is_finite() && y.is_finite() && x1.is_finite() && size.is_finite() && size > 0.0;
        if letters.trim().is_empty() || !is_upright {
            return self.finish();
        }
        if let Some(word) = &mut self.word
            && (word.y - y).abs() < 0.3 * size
            && (-0.4 * size..0.17 * size).contains(&(x - word.x1))
        {
            word.text.extend(letters.chars().filter(|c| !c.is_control()));
            word.x1 = word.x1.max(x1);
            word.size = word.size.max(size);
            return;
        }
        self.finish();
        let text: String = letters.chars().filter(|c| !c.is_control()).collect();
        self.word = Some(Word { x0: x, x1, y, size, text });
    }

    fn finish(&mut self) {
        self.printed.words.extend(self.word.take().filter(|word| !word.text.trim().is_empty()));
    }
}
