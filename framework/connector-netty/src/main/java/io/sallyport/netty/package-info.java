/**
 * The toolkit that connectors on Netty share. Bytes of a client or of a target come in from the listener and the
 * transport; frames are cut within limits, reading is paused and resumed by counted reasons, and bytes are written with
 * one flush for each burst. Frames go out to the connector's startup and action rooms, bytes to the other leg.
 *
 * <p>Everything here is bundled into plugin jars and promises nothing between versions. All state of a connection is
 * confined to one event loop, which both of its legs share.
 */
@NullMarked
package io.sallyport.netty;

import org.jspecify.annotations.NullMarked;
