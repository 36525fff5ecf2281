/** Specifications of the launch room. */
@org.jspecify.annotations.NullMarked
package io.sallyport.launch;
