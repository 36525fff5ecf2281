package io.sallyport.policy;

import io.sallyport.api.config.Default;
import io.sallyport.config.ConfigurationException;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.BindingWords;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Paths;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.policy.Explanation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of who, what and the expected verdict.
 *
 * @param config the configuration that is tested, null if the table names none
 * @param principals who is meant by a name
 * @param rows in order
 */
public record TestTable(@Nullable Path config, Map<String, Who> principals, List<Line> rows) {

    private static final int LARGEST = 4 << 20;

    /** Copies the collections. */
    public TestTable {
        principals = Map.copyOf(principals);
        rows = List.copyOf(rows);
    }

    /**
     * Somebody.
     *
     * @param issuer the issuer's name
     * @param subject the token's {@code sub}
     * @param groups the groups in it
     * @param claims its other claims
     */
    public record Who(
            String issuer,
            String subject,
            @Default("[]") List<String> groups,
            @Default("{}") Map<String, String> claims) {

        /** Copies the collections. */
        public Who {
            groups = List.copyOf(groups);
            claims = Map.copyOf(claims);
        }
    }

    /**
     * One row.
     *
     * @param name what reports call it; its request if null
     * @param who a name among the principals, or {@code ISSUER:SUBJECT}
     * @param target on which target
     * @param what the request
     * @param expect what should become of it
     * @param grant the grant that should decide, any if null
     * @param rule the rule that should say so, any if null
     * @param reason what the reason should contain, anything if null
     * @param account the account asked for
     * @param database the database asked for
     * @param from the client's address
     * @param at when
     * @param approved whether access that has to be asked for is taken as approved
     */
    public record Row(
            @Nullable String name,
            String who,
            String target,
            String what,
            Outcome expect,
            @Nullable String grant,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable String account,
            @Nullable String database,
            @Default("127.0.0.1") String from,
            @Nullable String at,
            @Default("false") boolean approved) {}

    /** A row and the line on which it begins. */
    public record Line(int number, Row row) {}

    /** The table's own keys. */
    record Head(@Nullable Path config, @Default("{}") Map<String, Who> principals, List<Node> tests) {}

    /**
     * Reads a table.
     *
     * @throws ConfigurationException with everything that is wrong with it
     */
    public static TestTable read(Path file) throws ConfigurationException {
        Problems problems = new Problems(String.valueOf(file.getFileName()));
        TestTable table = null;
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(1, "", "the file is larger than 4MiB");
            } else {
                Node root = YamlReader.read(Files.readString(file), problems);
                table = root == null ? null : bind(root, file, problems);
            }
        } catch (IOException e) {
            problems.add(1, "", "the file " + file + " cannot be read: " + e);
        }
        if (table == null || problems.count() > 0) {
            throw new ConfigurationException(problems.all());
        }
        return table;
    }

    private static @Nullable TestTable bind(Node root, Path file, Problems problems) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        References references = new References(name -> null, directory == null ? Path.of("/") : directory);
        Binder binder = new Binder(
                new BindingWords(
                        Set.of(),
                        Set.of(),
                        text -> {
                            throw patternless();
                        },
                        text -> {
                            throw patternless();
                        }),
                references,
                problems);
        Head head = binder.bind(root, Head.class, "");
        if (head == null) {
            return null;
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < head.tests().size(); i++) {
            Node node = head.tests().get(i);
            Row row = binder.bind(node, Row.class, Paths.item("tests", i));
            if (row != null) {
                lines.add(new Line(node.line(), row));
            }
        }
        return new TestTable(head.config(), head.principals(), lines);
    }

    private static IllegalArgumentException patternless() {
        return new IllegalArgumentException("a table of tests has no patterns");
    }
}
