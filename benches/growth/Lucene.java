import com.fasterxml.jackson.core.*;
import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.file.*;
import java.time.LocalDate;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.uhighlight.*;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as the floor is tantivy: a document a paragraph, words told apart as there, the text kept.
 *
 * Lucene index JSONL DIR THREADS   Lucene version
 * Lucene ask DIR TSV               for every line on standard input all questions twice, before the first for WARMING seconds too; the last
 *                                  time printed, as the floor prints: class, argument, found, wall us, CPU us; then an empty line
 */
public class Lucene {
    /** Seconds in which the compiler of the JVM sees what will be asked. */
    static final long WARMING = 15;
    static final Analyzer WORDS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
            return new TokenStreamComponents(words, new LowerCaseFilter(words));
        }
    };

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "version" -> System.out.println(org.apache.lucene.util.Version.LATEST + "\t" + Runtime.version().feature());
            case "index" -> index(arguments[1], Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            default -> new Asked(Path.of(arguments[1])).ask(Files.readAllLines(Path.of(arguments[2])));
        }
    }

    static void index(String jsonl, Path directory, int threads) throws Exception {
        var config = new IndexWriterConfig(WORDS).setRAMBufferSizeMB(256);
        try (var writer = new IndexWriter(FSDirectory.open(directory), config); var lines = Files.newBufferedReader(Path.of(jsonl))) {
            var failed = new ArrayList<Throwable>();
            var workers = new ArrayList<Thread>();
            for (int at = 0; at < threads; at++) {
                var worker = new Thread(() -> addAll(lines, writer));
                worker.setUncaughtExceptionHandler((of, error) -> { synchronized (failed) { failed.add(error); } });
                worker.start();
                workers.add(worker);
            }
            for (var worker : workers) worker.join();
            if (!failed.isEmpty()) throw new IOException(failed.get(0));
        }
    }

    static void addAll(BufferedReader lines, IndexWriter writer) {
        try {
            for (String line; (line = next(lines)) != null;) add(fields(line), writer);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String next(BufferedReader lines) throws IOException {
        synchronized (lines) {
            return lines.readLine();
        }
    }

    static final JsonFactory JSON = new JsonFactory();

    static Map<String, String> fields(String line) throws IOException {
        var fields = new HashMap<String, String>();
        try (var parser = JSON.createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) fields.put(parser.currentName(), parser.getText());
            }
        }
        return fields;
    }

    static void add(Map<String, String> article, IndexWriter writer) throws IOException {
        long day = day(article.get("date"));
        int number = 0;
        for (var paragraph : article.get("body").split("\n\n")) {
            var document = new Document();
            document.add(new TextField("body", paragraph, Field.Store.YES));
            if (number == 0) document.add(new TextField("headline", article.get("headline"), Field.Store.YES));
            document.add(new StringField("id", article.get("id"), Field.Store.YES));
            document.add(new NumericDocValuesField("para", number));
            document.add(new StoredField("para", number++));
            document.add(new LongField("date", day, Field.Store.YES));
            writer.addDocument(document);
        }
    }

    static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    /** An open index, and what is asked of it. */
    static class Asked {
        final IndexSearcher searcher;
        final UnifiedHighlighter marks;
        final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        Asked(Path directory) throws IOException {
            searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(directory)));
            // The same questions come again and again, which is not what is measured.
            searcher.setQueryCache(null);
            marks = UnifiedHighlighter.builder(searcher, WORDS).withBreakIterator(WholeBreakIterator::new).build();
        }

        void ask(List<String> questions) throws Exception {
            var input = new BufferedReader(new InputStreamReader(System.in));
            long warm = System.nanoTime() + WARMING * 1_000_000_000;
            while (input.readLine() != null) {
                do pass(questions, new StringBuilder()); while (System.nanoTime() < warm);
                var printed = new StringBuilder();
                pass(questions, printed);
                System.out.println(printed);
            }
        }

        void pass(List<String> questions, StringBuilder printed) throws IOException {
            for (var line : questions) {
                var parts = line.split("\t");
                long wall = System.nanoTime(), cpu = threads.getCurrentThreadCpuTime();
                int found = answer(parts[1], parts[2]);
                cpu = threads.getCurrentThreadCpuTime() - cpu;
                wall = System.nanoTime() - wall;
                printed.append("%s\t%s\t%d\t%.1f\t%.1f\n".formatted(parts[0], parts[2], found, wall / 1e3, cpu / 1e3));
            }
        }

        /** How many are found and, unless they are only counted, marked. */
        int answer(String kind, String text) throws IOException {
            var query = query(kind, text);
            if (kind.equals("count")) return searcher.count(query);
            int[] found = kind.equals("all") ? all(query) : best(query);
            return marks.highlightFields(new String[] {"body"}, query, found, new int[] {1}).get("body").length;
        }

        /** The best ten, with an exact total. */
        int[] best(Query query) throws IOException {
            var top = searcher.search(query, new TopScoreDocCollectorManager(10, Integer.MAX_VALUE));
            if (top.totalHits.relation() != TotalHits.Relation.EQUAL_TO) throw new IOException("the total is not exact");
            return Arrays.stream(top.scoreDocs).mapToInt(hit -> hit.doc).toArray();
        }

        /** Every one, in the order of the index. */
        int[] all(Query query) throws IOException {
            var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            var found = new ArrayList<Integer>();
            for (var leaf : searcher.getIndexReader().leaves()) {
                var scorer = weight.scorer(leaf);
                if (scorer == null) continue;
                var hits = scorer.iterator();
                while (hits.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) found.add(leaf.docBase + hits.docID());
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        static Query query(String kind, String text) throws IOException {
            return switch (kind) {
                case "and" -> each(text, BooleanClause.Occur.MUST);
                case "or" -> each(text, BooleanClause.Occur.SHOULD);
                case "prefix" -> new PrefixQuery(new Term("body", text));
                case "fuzzy" -> new FuzzyQuery(new Term("body", text), 1);
                case "datephrase" -> ofDays(text.split("\\|"));
                default -> phrase(text);
            };
        }

        static Query ofDays(String[] parts) throws IOException {
            var days = LongField.newRangeQuery("date", day(parts[0]), day(parts[1]) - 1);
            return new BooleanQuery.Builder().add(phrase(parts[2]), BooleanClause.Occur.MUST).add(days, BooleanClause.Occur.FILTER).build();
        }

        static Query each(String text, BooleanClause.Occur occur) throws IOException {
            var all = new BooleanQuery.Builder();
            for (var word : words(text)) all.add(new TermQuery(new Term("body", word)), occur);
            return all.build();
        }

        static Query phrase(String text) throws IOException {
            var words = words(text);
            return words.length == 1 ? new TermQuery(new Term("body", words[0])) : new PhraseQuery("body", words);
        }

        static String[] words(String text) {
            return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        }
    }
}
