package io.sallyport.journal.upkeep;

/**
 * What a look for old segments came to.
 *
 * @param removed how many segments were removed
 * @param kept how many are as old and stayed, because somebody has yet to read them
 */
public record Retirement(int removed, int kept) {}
