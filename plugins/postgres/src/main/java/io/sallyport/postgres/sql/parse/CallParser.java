package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.lex.Token;
import io.sallyport.postgres.sql.lex.TokenKind;
import io.sallyport.postgres.sql.tree.ColumnReference;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Expression.Shape;
import io.sallyport.postgres.sql.tree.FunctionCall;
import io.sallyport.postgres.sql.tree.Part;
import io.sallyport.postgres.sql.tree.SubQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads calls: those by name, and those that have a syntax of their own such as {@code EXTRACT(x FROM y)}. */
final class CallParser {

    private static final Set<String> SYNTAX = Set.of(
            "cast",
            "coalesce",
            "extract",
            "greatest",
            "grouping",
            "json_array",
            "json_arrayagg",
            "json_exists",
            "json_object",
            "json_objectagg",
            "json_query",
            "json_scalar",
            "json_serialize",
            "json_value",
            "json",
            "least",
            "merge_action",
            "normalize",
            "nullif",
            "overlay",
            "position",
            "substring",
            "treat",
            "trim",
            "xmlconcat",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize");
    private static final Set<String> NORMAL_FORMS = Set.of("nfc", "nfd", "nfkc", "nfkd");
    private static final Set<String> SEPARATORS = Set.of(
            "from",
            "for",
            "placing",
            "in",
            "passing",
            "by",
            "ref",
            "both",
            "leading",
            "trailing",
            "value",
            "null",
            "on",
            "absent",
            "with",
            "without",
            "unique",
            "keys",
            "format",
            "encoding",
            "error",
            "empty",
            "wrapper",
            "conditional",
            "unconditional",
            "keep",
            "omit",
            "quotes",
            "scalar",
            "string",
            "array",
            "object",
            "default",
            "json",
            "no",
            "preserve",
            "strip",
            "whitespace",
            "true",
            "false",
            "unknown",
            "indent");

    private final Grammar grammar;
    private final TokenCursor cursor;

    CallParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Whether the word before a parenthesis is one of the grammar's own calls. */
    static boolean isSyntax(Token token) {
        return token.word() != null && SYNTAX.contains(token.word().text());
    }

    /** Reads the arguments of a function, and what may follow them. */
    FunctionCall call(List<String> name) {
        cursor.enter();
        List<Expression> arguments = new ArrayList<>(2);
        cursor.expect('(');
        if (!cursor.accept('*')) {
            arguments(arguments);
        }
        cursor.expect(')');
        if (cursor.accept("within", "group")) {
            cursor.expect('(');
            orderBy(arguments);
            cursor.expect(')');
        }
        if (cursor.at("filter") && cursor.peek(1).is('(')) {
            cursor.next();
            cursor.expect('(');
            cursor.expect("where");
            arguments.add(grammar.expression());
            cursor.expect(')');
        }
        if (cursor.accept("over")) {
            if (cursor.at('(')) {
                windowDefinition(arguments);
            } else {
                cursor.columnName();
            }
        }
        cursor.leave();
        return new FunctionCall(name, arguments);
    }

    private void arguments(List<Expression> arguments) {
        cursor.acceptAny("all", "distinct");
        while (!cursor.at(')')) {
            cursor.accept("variadic");
            TokenKind second = cursor.peek(1).kind();
            if (cursor.peek().isLabel() && (second == TokenKind.EQUALS_GREATER || second == TokenKind.COLON_EQUALS)) {
                cursor.next();
                cursor.next();
            }
            arguments.add(grammar.expression());
            orderBy(arguments);
            if (!cursor.at(')')) {
                cursor.expect(',');
            }
        }
    }

    /** Reads ORDER BY, if it stands here. */
    void orderBy(List<Expression> into) {
        if (!cursor.accept("order", "by")) {
            return;
        }
        do {
            into.add(grammar.expression());
            sortDirection();
        } while (cursor.accept(','));
    }

    private void sortDirection() {
        if (cursor.accept("using")) {
            if (cursor.at("operator")) {
                throw new UnreadableException("it orders by a named operator");
            }
            cursor.next();
        } else {
            cursor.acceptAny("asc", "desc");
        }
        if (cursor.accept("nulls")) {
            cursor.acceptAny("first", "last");
        }
    }

    /** Reads a window's definition in parentheses. */
    void windowDefinition(List<Expression> into) {
        cursor.expect('(');
        if (cursor.peek().isColumnName()
                && !cursor.at("partition")
                && !cursor.at("range")
                && !cursor.at("rows")
                && !cursor.at("groups")) {
            cursor.next();
        }
        if (cursor.accept("partition", "by")) {
            do {
                into.add(grammar.expression());
            } while (cursor.accept(','));
        }
        orderBy(into);
        if (cursor.acceptAny("range", "rows", "groups")) {
            frame(into);
        }
        cursor.expect(')');
    }

    private void frame(List<Expression> into) {
        boolean between = cursor.accept("between");
        frameBound(into);
        if (between) {
            cursor.expect("and");
            frameBound(into);
        }
        if (cursor.accept("exclude")) {
            cursor.acceptAny("current", "group", "ties", "no");
            cursor.acceptAny("row", "others");
        }
    }

    private void frameBound(List<Expression> into) {
        if (cursor.accept("current", "row")) {
            return;
        }
        Token second = cursor.peek(1);
        if (cursor.at("unbounded") && (second.is("preceding") || second.is("following"))) {
            cursor.next();
        } else {
            into.add(grammar.expression());
        }
        if (!cursor.acceptAny("preceding", "following")) {
            throw cursor.unreadable();
        }
    }

    /** Reads one of the grammar's own calls. */
    Part syntax() {
        cursor.enter();
        String word = Objects.requireNonNull(cursor.next().word()).text();
        cursor.expect('(');
        List<Expression> parts = new ArrayList<>(2);
        switch (word) {
            case "cast", "treat" -> {
                parts.add(grammar.expression());
                cursor.expect("as");
                grammar.types.type();
            }
            case "extract" -> {
                cursor.next();
                cursor.expect("from");
                parts.add(grammar.expression());
            }
            case "xmlelement", "xmlpi" -> {
                cursor.expect("name");
                cursor.label();
                cursor.accept(',');
            }
            case "xmlparse", "xmlserialize" -> cursor.next();
            case "xmlroot" -> xmlRoot(parts);
            default -> {}
        }
        mixture(parts, word);
        cursor.expect(')');
        cursor.leave();
        boolean isConstant = parts.stream().allMatch(part -> part.parts().isEmpty());
        if (word.startsWith("json")
                || word.equals("overlay")
                || word.equals("substring")
                || word.equals("normalize")
                || word.equals("position")) {
            FunctionCall call = new FunctionCall(List.of(word), parts);
            return aggregateSuffix(call);
        }
        return isConstant ? Expression.CONSTANT : new Expression(Shape.MIXED, List.copyOf(parts), null);
    }

    /** Reads XMLTABLE with its columns. */
    List<Expression> xmlTable() {
        List<Expression> parts = new ArrayList<>();
        cursor.expect("xmltable");
        cursor.expect('(');
        if (cursor.accept("xmlnamespaces")) {
            cursor.expect('(');
            do {
                cursor.accept("default");
                parts.add(grammar.expression());
                if (cursor.accept("as")) {
                    cursor.label();
                }
            } while (cursor.accept(','));
            cursor.expect(')');
            cursor.expect(',');
        }
        parts.add(grammar.expression());
        cursor.expect("passing");
        cursor.acceptAny("by");
        cursor.acceptAny("ref", "value");
        parts.add(grammar.expression());
        cursor.acceptAny("by");
        cursor.acceptAny("ref", "value");
        cursor.expect("columns");
        do {
            xmlColumn(parts);
        } while (cursor.accept(','));
        cursor.expect(')');
        return parts;
    }

    private void xmlColumn(List<Expression> parts) {
        cursor.columnName();
        if (cursor.accept("for", "ordinality")) {
            return;
        }
        grammar.types.type();
        while (!cursor.at(',') && !cursor.at(')')) {
            if (cursor.acceptAny("path", "default")) {
                parts.add(grammar.expression());
            } else if (!cursor.acceptAny("not", "null")) {
                throw cursor.unreadable();
            }
        }
    }

    private void xmlRoot(List<Expression> parts) {
        parts.add(grammar.expression());
        cursor.expect(',');
        cursor.expect("version");
        if (!cursor.accept("no", "value")) {
            parts.add(grammar.expression());
        }
        if (cursor.accept(',')) {
            cursor.expect("standalone");
            if (cursor.acceptAny("yes", "no")) {
                cursor.accept("value");
            }
        }
    }

    private FunctionCall aggregateSuffix(FunctionCall call) {
        if (cursor.at("filter") && cursor.peek(1).is('(')) {
            cursor.next();
            cursor.expect('(');
            cursor.expect("where");
            call.arguments().add(grammar.expression());
            cursor.expect(')');
        }
        if (cursor.at("over")) {
            throw new UnreadableException("it uses a JSON aggregate as a window function");
        }
        return call;
    }

    /** Reads expressions with the words between them that only such calls have. */
    private void mixture(List<Expression> parts, String word) {
        boolean complete = !parts.isEmpty();
        while (!cursor.at(')')) {
            Token token = cursor.peek();
            if (token.is(',') || token.is(':')) {
                cursor.next();
                complete = false;
            } else if (token.is("as")) {
                label(word);
            } else if (token.is("returning")) {
                cursor.next();
                grammar.types.type();
            } else if (token.is("order")) {
                orderBy(parts);
            } else if (isSeparator(token, complete, word, parts.size())) {
                cursor.next();
                if (token.is("encoding")) {
                    cursor.label();
                }
                complete = token.is("null") || token.is("error") || token.is("empty") || (complete && !leads(token));
            } else if (!complete && token.is("xmlattributes")) {
                cursor.next();
                cursor.expect('(');
                mixture(parts, "xmlforest");
                cursor.expect(')');
                complete = true;
            } else {
                mixtureOperand(parts);
                complete = true;
            }
        }
    }

    private void mixtureOperand(List<Expression> parts) {
        if (QueryParser.starts(cursor.peek())) {
            parts.add(new Expression(Shape.MIXED, List.of(new SubQuery(grammar.body(), false)), null));
        } else {
            parts.add(grammar.expression());
        }
    }

    private void label(String word) {
        cursor.expect("as");
        if (word.equals("xmlserialize")) {
            grammar.types.type();
        } else {
            cursor.label();
        }
    }

    /** After these words an operand stands. */
    private static boolean leads(Token token) {
        return token.is("from")
                || token.is("for")
                || token.is("placing")
                || token.is("in")
                || token.is("passing")
                || token.is("default")
                || token.is("value");
    }

    private static boolean isSeparator(Token token, boolean complete, String word, int read) {
        if (token.word() == null) {
            return false;
        }
        String text = token.word().text();
        if (word.equals("normalize")) {
            return !complete && read > 0 && NORMAL_FORMS.contains(text);
        }
        if (word.equals("trim") && !complete) {
            return text.equals("both") || text.equals("leading") || text.equals("trailing") || text.equals("from");
        }
        return complete && SEPARATORS.contains(text);
    }

    /** Makes a call of a bare name, as {@code FROM CURRENT_DATE} has it. */
    static Expression whole(Part part) {
        return part instanceof Expression expression
                ? expression
                : new Expression(part instanceof ColumnReference ? Shape.BARE : Shape.MIXED, List.of(part), null);
    }
}
