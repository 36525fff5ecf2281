package io.sallyport.postgres.sql.tree;

/** Something in an expression that can touch data. */
public sealed interface Part permits Expression, ColumnReference, FunctionCall, SubQuery, OperatorUse, FieldUse {}
