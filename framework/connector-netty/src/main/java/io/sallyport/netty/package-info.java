/** The toolkit that connectors on Netty share. */
@NullMarked
package io.sallyport.netty;

import org.jspecify.annotations.NullMarked;
