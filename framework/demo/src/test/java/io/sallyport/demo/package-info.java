/** Specifications of the demo. */
@org.jspecify.annotations.NullMarked
package io.sallyport.demo;
