import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.concurrent.Executors;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene over HTTP, for the comparison in main.rs: one document a paragraph, its text stored with offsets in the postings, ten
 * paragraphs an answer, marked by the unified highlighter. Arguments: a TSV of headline and paragraph, a directory for the index, a port.
 */
public class LuceneServer {
    public static void main(String[] arguments) throws Exception {
        var analyzer = new EnglishAnalyzer();
        var directory = FSDirectory.open(Path.of(arguments[1]));
        var kept = new FieldType(TextField.TYPE_STORED);
        kept.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer)); var lines = Files.lines(Path.of(arguments[0]))) {
            for (var line : (Iterable<String>) lines::iterator) {
                var parts = line.split("\t", 2);
                var document = new Document();
                document.add(new StoredField("headline", parts[0]));
                document.add(new Field("text", parts[1], kept));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        var searcher = new IndexSearcher(DirectoryReader.open(directory));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[2])), 256);
        server.setExecutor(Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors()));
        server.createContext("/search", exchange -> {
            byte[] answer;
            int status = 200;
            try {
                var text = URLDecoder.decode(exchange.getRequestURI().getRawQuery().substring(2), StandardCharsets.UTF_8);
                var query = new QueryParser("text", analyzer).parse(text);
                var top = searcher.search(query, 10);
                var marked = UnifiedHighlighter.builder(searcher, analyzer).build().highlight("text", query, top, 1);
                var json = new StringBuilder("{\"total\": " + top.totalHits.value + ", \"passages\": [");
                for (int at = 0; at < marked.length; at++) {
                    var headline = searcher.storedFields().document(top.scoreDocs[at].doc).get("headline");
                    json.append(at > 0 ? "," : "").append("{\"headline\": ").append(quoted(headline)).append(", \"text\": ").append(quoted(marked[at])).append("}");
                }
                answer = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
            } catch (Exception error) {
                status = 400;
                answer = String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println("listening");
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
