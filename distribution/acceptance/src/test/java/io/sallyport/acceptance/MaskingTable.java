package io.sallyport.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables of docs/masking.md: a form of reading in each row, a way of asking in each column behind the statement. */
record MaskingTable(List<String> ways, List<Form> forms) {

    static final Path FILE = Path.of("../../docs/masking.md");

    /** What a cell may say besides an SQLSTATE. */
    static final Set<String> OUTCOMES = Set.of("masked", "null", "refused");

    /** A row: its name, its statement, and what comes out for each way. */
    record Form(String name, String sql, List<String> outcomes) {}

    static MaskingTable read() throws IOException {
        List<String> ways = List.of();
        List<Form> forms = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("|") || line.startsWith("|--")) {
                continue;
            }
            List<String> cells = cells(line);
            if (cells.get(0).equals("form")) {
                ways = cells.subList(2, cells.size());
            } else if (!ways.isEmpty()) {
                String sql = cells.get(1);
                forms.add(new Form(
                        cells.get(0),
                        sql.length() < 2 ? "" : sql.substring(1, sql.length() - 1),
                        cells.subList(2, cells.size())));
            }
        }
        return new MaskingTable(ways, forms);
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|')).replace("\\|", "\0");
        return Arrays.stream(inner.split("\\|", -1))
                .map(cell -> cell.strip().replace('\0', '|'))
                .toList();
    }

    /** What is wrong with the table itself. */
    List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> statements = new HashSet<>();
        for (Form form : forms) {
            if (form.name.isEmpty() || !names.add(form.name)) {
                flaws.add("empty or duplicate form: '" + form.name + "'");
            }
            if (form.sql.isEmpty() || !statements.add(form.sql)) {
                flaws.add("empty or duplicate statement: '" + form.sql + "'");
            }
            if (form.outcomes.size() != ways.size()) {
                flaws.add(form.name + " has " + form.outcomes.size() + " cells for " + ways.size() + " ways");
            }
            for (String outcome : form.outcomes) {
                if (!OUTCOMES.contains(outcome) && !isState(outcome)) {
                    flaws.add(form.name + ": a cell says '" + outcome + "'");
                }
            }
        }
        return flaws;
    }

    private static boolean isState(String text) {
        return text.length() == 5 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
    }
}
