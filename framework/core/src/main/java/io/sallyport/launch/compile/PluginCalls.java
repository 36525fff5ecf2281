package io.sallyport.launch.compile;

import java.util.concurrent.Callable;

/**
 * Calls into plugins with the plugin's own class loader as the thread's context class loader, which libraries inside a
 * plugin jar use to find their services, and which threads that they start inherit.
 */
public final class PluginCalls {

    private PluginCalls() {}

    /** Runs a call that throws nothing checked. */
    public static <T> T call(Object plugin, java.util.function.Supplier<T> call) {
        try {
            return callChecked(plugin, call::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a supplier throws nothing checked", e);
        }
    }

    /** Runs a call. */
    public static <T> T callChecked(Object plugin, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugin.getClass().getClassLoader());
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
