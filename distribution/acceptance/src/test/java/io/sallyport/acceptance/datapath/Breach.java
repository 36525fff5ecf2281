package io.sallyport.acceptance.datapath;

import io.netty.channel.Channel;
import java.util.regex.Pattern;

/** Breaks every rule of the data path. */
record Breach(Channel channel) {

    boolean find(String text) {
        channel.config().setAutoRead(false);
        return text.matches("(a+)+b") || Pattern.compile("b+").matcher(text).find();
    }
}
