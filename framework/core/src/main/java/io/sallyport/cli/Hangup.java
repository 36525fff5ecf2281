package io.sallyport.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal SIGHUP. The JDK offers signals in a package that is no part of the platform's API, so it is looked up: where it is
 * not there, the admin API is the way to the same end.
 */
final class Hangup {

    private static final Logger log = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** Runs something for each SIGHUP, on a thread of the JDK's. */
    static void onHangup(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler caller = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    work.run();
                    yield null;
                }
                case "equals" -> arguments != null && proxy.equals(arguments[0]);
                case "hashCode" -> 1;
                default -> "reload on SIGHUP";
            };
            Object own = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, caller);
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, own);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.warn("SIGHUP does not reload the configuration here: {}", e.toString());
        }
    }
}
