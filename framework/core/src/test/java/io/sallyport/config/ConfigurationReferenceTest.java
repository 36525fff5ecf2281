package io.sallyport.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    private static final Path COMMITTED = Path.of("../../docs/configuration.md");

    @Test
    @DisplayName("docs/configuration.md is what the records say; -Dsallyport.docs.update=true writes it anew")
    void fresh() throws IOException {
        // When
        String generated = ConfigurationReference.core();
        String committed = Files.readString(COMMITTED);
        int plugins = committed.indexOf("\n" + ConfigurationReference.PLUGINS);
        String rest = plugins < 0 ? "" : committed.substring(plugins);
        if (Boolean.getBoolean("sallyport.docs.update")) {
            Files.writeString(COMMITTED, generated + rest);
        }

        // Then
        assertEquals(Files.readString(COMMITTED), generated + rest);
    }

    @Test
    @DisplayName("a plugin's records are described like the core's")
    void plugin() {
        // When
        String generated =
                ConfigurationReference.plugin("ssh", Map.of("connectors[].config", FakePlugins.SshConfig.class));

        // Then
        assertTrue(generated.contains("| `certificate-life` | duration | `5m` |"));
        assertTrue(generated.contains("| `host-key` | path | **required** |"));
        assertTrue(generated.contains("| `ca-key` | path | none |"));
    }
}
