package io.sallyport.tree.sample.elsewhere;

/** Stands in no room. */
public final class Homeless {}
