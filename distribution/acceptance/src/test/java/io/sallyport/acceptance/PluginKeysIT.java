package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.config.ConfigurationReference;
import io.sallyport.launch.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reference of the configuration")
class PluginKeysIT {

    private static final Path COMMITTED = Path.of("../../docs/configuration.md");

    @Test
    @DisplayName("says of the zip's plugins what their records say; -Dsallyport.docs.update=true writes it anew")
    void fresh() throws Exception {
        // When
        String generated =
                ConfigurationReference.plugins(Gateway.plugins(Demo.home().resolve("plugins")));
        String committed = Files.readString(COMMITTED);
        int plugins = committed.indexOf("\n" + ConfigurationReference.PLUGINS);
        String core = plugins < 0 ? committed : committed.substring(0, plugins);
        if (Boolean.getBoolean("sallyport.docs.update")) {
            Files.writeString(COMMITTED, core + "\n" + generated);
        }

        // Then
        assertEquals(Files.readString(COMMITTED), core + "\n" + generated);
    }
}
