package io.sallyport.postgres.sql.parse;

import java.util.Set;

/** The names of the operators that PostgreSQL itself defines (pg_operator of versions 15 to 18). */
final class Operators {

    private static final Set<String> NAMES =
            Set.of(("!! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- /"
                            + " < <-> << <<= <<| <= <> != <@ <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&>"
                            + " |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ ~>~ ~~ ~~*")
                    .split(" "));

    private Operators() {}

    static boolean isHarmless(String name) {
        return NAMES.contains(name);
    }
}
