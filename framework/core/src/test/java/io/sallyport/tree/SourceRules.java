package io.sallyport.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds for every source, whichever module it is in. Each rule answers with what breaks it. */
final class SourceRules {

    static final int MOST_LINES = 400;

    /** Texts that tie a file to one machine; put together here so that this file has none. */
    private static final Set<String> OF_A_MACHINE = Set.of("/" + "home/", "/" + "Users/", "/" + "root/", "/" + "work/");

    /** Hosts that build files name without loading anything from them. */
    private static final Set<String> NAMES_ONLY = Set.of("maven.apache.org", "www.apache.org", "www.w3.org");

    /** Longer than they should be, and not to grow: who shortens one takes its line out. */
    private static final Map<String, Integer> STILL_LONG = Map.of(
            "/plugins/postgres/src/main/java/io/sallyport/postgres/relay/TargetSide.java", 416,
            "/plugins/postgres/src/main/java/io/sallyport/postgres/sql/lex/Lexer.java", 429,
            "/plugins/postgres/src/main/java/io/sallyport/postgres/sql/parse/CallParser.java", 433,
            "/plugins/postgres/src/main/java/io/sallyport/postgres/sql/parse/ExpressionParser.java", 476);

    /** A separator that is split at as it stands: one or two characters that mean themselves, or one that is escaped. */
    private static final Pattern SPLIT = Pattern.compile("\\.split\\(\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern PLAIN = Pattern.compile("[^\\\\.$|()\\[{^?*+]{1,2}|,?\\\\[n\"]|\\\\\\\\.");

    private static final Pattern HOST = Pattern.compile("https?://([^/\"'<>\\s]+)");

    private final SourceTree tree;

    SourceRules(SourceTree tree) {
        this.tree = tree;
    }

    /** Main sources that are longer than a reader takes in. */
    List<String> tooLong() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.mainSources()) {
            int lines = SourceTree.lines(file).size();
            if (lines > STILL_LONG.getOrDefault(tree.name(file), MOST_LINES)) {
                found.add(tree.name(file) + " has " + lines + " lines");
            }
        }
        return found;
    }

    /** Files that may be long and are not. */
    List<String> longNoMore() {
        return tree.mainSources().stream()
                .filter(file -> STILL_LONG.containsKey(tree.name(file)))
                .filter(file -> SourceTree.lines(file).size() <= MOST_LINES)
                .map(tree::name)
                .toList();
    }

    /** Texts that are split at an expression rather than at a separator. */
    List<String> splitsAtExpressions() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.mainSources()) {
            SPLIT.matcher(String.join("\n", SourceTree.lines(file)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(separator -> !PLAIN.matcher(separator).matches())
                    .forEach(separator -> found.add(tree.name(file) + ": " + separator));
        }
        return found;
    }

    /** Packages of main sources that do not say what they do, or do not promise their nulls. */
    List<String> unmarkedPackages() {
        return tree.mainSources().stream()
                .map(Path::getParent)
                .distinct()
                .filter(directory -> !marked(directory.resolve("package-info.java")))
                .map(tree::name)
                .sorted()
                .toList();
    }

    private static boolean marked(Path info) {
        return Files.exists(info)
                && SourceTree.lines(info).contains("@NullMarked")
                && SourceTree.lines(info).stream().anyMatch(line -> line.startsWith("/**"));
    }

    /** Lines that write to the standard streams although their module's output belongs to a log. */
    List<String> prints() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.mainSources()) {
            String name = tree.name(file);
            boolean talksToAPerson = Stream.of("/sallyport/cli/", "/sallyport/demo/", "/sallyport/benchmarks/")
                    .anyMatch(name::contains);
            if (!talksToAPerson) {
                findLines(file, Set.of("System.out", "System.err", "printStackTrace("), found);
            }
        }
        return found;
    }

    /** Lines of any file that work on one machine alone. */
    List<String> tiedToAMachine() {
        List<String> found = new ArrayList<>();
        tree.files().forEach(file -> findLines(file, OF_A_MACHINE, found));
        return found;
    }

    /** Servers that a build file names, apart from those whose names are only names. */
    List<String> serversOfTheBuild() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.files()) {
            if (isOfTheBuild(tree.name(file))) {
                List<String> lines = SourceTree.lines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String where = tree.name(file) + ":" + (i + 1) + ": ";
                    HOST.matcher(lines.get(i))
                            .results()
                            .map(match -> match.group(1))
                            .filter(host -> !NAMES_ONLY.contains(host))
                            .forEach(host -> found.add(where + host));
                }
            }
        }
        return found;
    }

    private static boolean isOfTheBuild(String name) {
        return name.startsWith("/.mvn/")
                || name.startsWith("/.ci/")
                || Stream.of("/pom.xml", "/package.json", "/package-lock.json", "/.npmrc", "/settings.xml")
                        .anyMatch(name::endsWith);
    }

    private void findLines(Path file, Set<String> texts, List<String> found) {
        List<String> lines = SourceTree.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (texts.stream().anyMatch(line::contains)) {
                found.add(tree.name(file) + ":" + (i + 1) + ": " + line.strip());
            }
        }
    }
}
