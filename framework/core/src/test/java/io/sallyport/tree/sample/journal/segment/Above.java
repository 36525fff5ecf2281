package io.sallyport.tree.sample.journal.segment;

/** Stands in a package of a room. */
public final class Above {}
