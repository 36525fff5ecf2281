/** Tests of how HTTP/1.1 is read. */
@NullMarked
package io.sallyport.kubernetes.http;

import org.jspecify.annotations.NullMarked;
