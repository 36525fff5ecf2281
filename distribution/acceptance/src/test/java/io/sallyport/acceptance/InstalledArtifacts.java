package io.sallyport.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A local Maven repository of its own that holds what a plugin author would find on a public one, as {@code mvn install} lays
 * it out. Everything else is taken from this machine's repository, by its files alone, and then from where Maven is set up to
 * look.
 */
final class InstalledArtifacts {

    /** The version of this build. */
    static final String VERSION = System.getProperty("sallyport.version", "");

    private static final Path CHECKOUT = Path.of(System.getProperty("sallyport.checkout", ""));

    /** Modules that a connector's project needs, by artifact, with their parents. */
    private static final Map<String, String> JARS = new TreeMap<>(Map.of(
            "sallyport-plugin-api", "plugin-api",
            "sallyport-core", "framework/core",
            "sallyport-connector-netty", "framework/connector-netty",
            "sallyport-conformance-tests", "conformance-tests",
            "sallyport-connector-archetype", "distribution/archetype"));

    private static final Map<String, String> PARENTS =
            new TreeMap<>(Map.of("sallyport", ".", "sallyport-framework", "framework"));

    private final Path directory;

    private InstalledArtifacts(Path directory) {
        this.directory = directory;
    }

    static InstalledArtifacts in(Path directory) throws IOException {
        InstalledArtifacts installed = new InstalledArtifacts(directory);
        for (Map.Entry<String, String> parent : PARENTS.entrySet()) {
            installed.pom(parent.getKey(), CHECKOUT.resolve(parent.getValue()));
        }
        for (Map.Entry<String, String> jar : JARS.entrySet()) {
            Path module = CHECKOUT.resolve(jar.getValue());
            Path target = installed.pom(jar.getKey(), module);
            String file = jar.getKey() + "-" + VERSION + ".jar";
            Files.copy(module.resolve("target").resolve(file), target.resolve(file));
        }
        Files.writeString(directory.resolve("settings.xml"), settings());
        return installed;
    }

    private Path pom(String artifact, Path module) throws IOException {
        Path target =
                directory.resolve("repository/io/sallyport").resolve(artifact).resolve(VERSION);
        Files.createDirectories(target);
        Files.copy(module.resolve("pom.xml"), target.resolve(artifact + "-" + VERSION + ".pom"));
        return target;
    }

    /** A shell function that runs Maven with this repository. */
    String maven() {
        return "mvn() { command mvn -B -ntp -q -gs " + directory.resolve("settings.xml") + " -Dmaven.repo.local="
                + directory.resolve("repository") + " \"$@\"; }\n";
    }

    private static String settings() {
        String machine = Path.of(System.getProperty("user.home"), ".m2", "repository")
                .toUri()
                .toString();
        String policy = "<url>" + machine + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>";
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>machine</id>
                      <repositories><repository><id>machine</id>%1$s</repository></repositories>
                      <pluginRepositories><pluginRepository><id>machine</id>%1$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
                </settings>
                """.formatted(policy);
    }
}
