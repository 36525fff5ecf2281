package io.sallyport.postgres.relay;

import io.sallyport.postgres.mask.Shape;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Describe of the gateway's own.
 *
 * @param ofStatement whether a ParameterDescription comes first
 * @param shape takes what the rows look like, null if there are none
 */
record Describing(boolean ofStatement, Consumer<@Nullable Shape> shape) {}
