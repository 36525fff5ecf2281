package io.sallyport.postgres.sql.tree;

import java.util.List;

/**
 * A call by name.
 *
 * @param name the name's parts
 * @param arguments the arguments, and what stands in FILTER, OVER, ORDER BY and WITHIN GROUP behind them
 */
public record FunctionCall(List<String> name, List<Expression> arguments) implements Part {}
