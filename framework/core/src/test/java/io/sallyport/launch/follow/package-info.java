/** Specifications of those who follow the journal. */
@org.jspecify.annotations.NullMarked
package io.sallyport.launch.follow;
