package io.sallyport.plugin;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.config.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostTypesTest {

    private final HostTypes host = new HostTypes(HostTypesTest.class.getClassLoader());

    @Test
    @DisplayName(
            "a plugin sees the API and the annotations that tell which of its configuration is optional, not the core")
    void visible() throws ClassNotFoundException {
        assertSame(Secret.class, host.loadClass(Secret.class.getName()));
        assertSame(Nullable.class, host.loadClass(Nullable.class.getName()));
        assertThrows(ClassNotFoundException.class, () -> host.loadClass(HostTypes.class.getName()));
    }
}
