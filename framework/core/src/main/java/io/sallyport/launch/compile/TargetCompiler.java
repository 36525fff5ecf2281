package io.sallyport.launch.compile;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.config.Configuration;
import io.sallyport.config.PluginEntry;
import io.sallyport.target.StaticCredential;
import io.sallyport.target.StaticCredentialSource;
import io.sallyport.target.Target;
import io.sallyport.target.TargetSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes targets, with their credential sources, of what the configuration says. */
final class TargetCompiler {

    private final Map<String, CredentialSource> sources = new HashMap<>();
    private final Map<String, Target> targets = new HashMap<>();

    /** Makes them all. */
    TargetCompiler(Configuration configuration, Map<String, CredentialSource> running) {
        for (PluginEntry<CredentialSourceFactory<?>> entry : configuration.credentialSources()) {
            CredentialSource known = running.get(entry.name());
            sources.put(
                    entry.name(),
                    known == null ? PluginCalls.call(entry.factory(), () -> create(entry.factory(), entry)) : known);
        }
        StaticCredentialSource stated = new StaticCredentialSource();
        for (TargetSettings settings : configuration.targets()) {
            targets.put(settings.name(), compile(settings, stated));
        }
    }

    private static <C extends Record> CredentialSource create(
            CredentialSourceFactory<C> factory, PluginEntry<?> entry) {
        return factory.create(entry.name(), factory.configType().cast(entry.config()));
    }

    private Target compile(TargetSettings settings, CredentialSource stated) {
        TargetSettings.CredentialSettings credential = settings.credential();
        CredentialSource source =
                credential.source() == null ? stated : sources.getOrDefault(credential.source(), stated);
        return new Target(
                settings.name(),
                settings.connector(),
                endpoint(settings),
                settings.options(),
                settings.labels(),
                new Target.Supply(source, credential.options(), credential.reuse()));
    }

    private static Target.Endpoint endpoint(TargetSettings settings) {
        URI address = settings.address();
        String authority = String.valueOf(address.getRawAuthority());
        int at = authority.lastIndexOf('@');
        List<HostPort> hosts = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            hosts.add(host(settings, host));
        }
        String account = at < 0 ? accountOf(settings.credential().options()) : authority.substring(0, at);
        return new Target.Endpoint(address, hosts, account, database(address));
    }

    private static HostPort host(TargetSettings settings, String host) {
        try {
            return HostPort.parse(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "target '" + settings.name() + "': address " + settings.address()
                            + " needs a host and a port, such as "
                            + settings.address().getScheme() + "://HOST:PORT",
                    e);
        }
    }

    private static String accountOf(Record options) {
        return options instanceof StaticCredential stated && stated.user() != null ? stated.user() : "";
    }

    private static @Nullable String database(URI address) {
        String path = address.getPath();
        return path == null || path.length() < 2 ? null : path.substring(1);
    }

    /** The targets by name. */
    Map<String, Target> targets() {
        return Map.copyOf(targets);
    }

    /** The sources that plugins made, by name, to be closed in the end. */
    Map<String, CredentialSource> sources() {
        return Map.copyOf(sources);
    }
}
