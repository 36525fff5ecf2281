package io.sallyport.postgres.startup;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client says first.
 *
 * @param minor the minor protocol version that it asks for
 * @param parameters the parameters in order, without protocol extensions
 * @param extensions the names of the protocol extensions that it asks for, none of which the gateway has
 */
record StartupMessage(int minor, Map<String, String> parameters, List<String> extensions) {

    /** Reads a packet that begins with its length. */
    static StartupMessage read(ByteBuf packet) {
        int end = packet.writerIndex();
        int minor = packet.getUnsignedShort(packet.readerIndex() + 6);
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> extensions = new ArrayList<>();
        int at = packet.readerIndex() + 8;
        while (true) {
            Wire.need(at, 1, end);
            if (packet.getByte(at) == 0) {
                break;
            }
            int nameEnd = Wire.stringEnd(packet, at, end);
            int valueEnd = Wire.stringEnd(packet, nameEnd + 1, end);
            String name = Wire.text(packet, at, nameEnd, StandardCharsets.UTF_8);
            if (name.startsWith("_pq_.")) {
                extensions.add(name);
            } else if (parameters.put(name, Wire.text(packet, nameEnd + 1, valueEnd, StandardCharsets.UTF_8)) != null) {
                throw new ProtocolException("a startup parameter given twice");
            }
            at = valueEnd + 1;
        }
        if (at + 1 != end) {
            throw new ProtocolException("a startup message with something behind its end");
        }
        return new StartupMessage(minor, parameters, extensions);
    }
}
