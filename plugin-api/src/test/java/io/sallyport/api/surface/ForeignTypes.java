package io.sallyport.api.surface;

import java.util.List;
import java.util.stream.Stream;

/** Finds the lines of a type that show something that is neither of {@code java.base}, nor of this API, nor JSpecify's. */
final class ForeignTypes {

    private ForeignTypes() {}

    static List<String> of(Class<?> type) {
        ApiType described = new ApiType(type);
        return Stream.concat(Stream.of(described.head()), described.members().stream())
                .filter(line -> line.types().stream().anyMatch(ForeignTypes::foreign))
                .map(line -> type.getName() + ": " + line.text())
                .toList();
    }

    private static boolean foreign(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String home = element.getPackageName();
        boolean ours = home.equals("io.sallyport.api") || home.startsWith("io.sallyport.api.");
        boolean platform = element.getModule() == Object.class.getModule();
        return !(platform || ours || home.equals("org.jspecify.annotations"));
    }
}
