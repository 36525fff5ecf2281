package io.sallyport.conformance.guardrail;

import io.sallyport.api.action.Vocabulary;
import io.sallyport.config.binding.Binder;
import io.sallyport.config.binding.BindingWords;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.References;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import java.nio.file.Path;

/** Binds a configuration record from YAML as the gateway does at its start. */
public final class Configured {

    private Configured() {}

    /**
     * Binds a record.
     *
     * @param vocabulary the words that the text may use
     * @throws IllegalArgumentException with all problems of the text
     */
    public static <C extends Record> C from(String yaml, Class<C> type, Vocabulary vocabulary) {
        Problems problems = new Problems("conformance.yaml");
        Node node = YamlReader.read(yaml, problems);
        BindingWords words = new BindingWords(
                vocabulary.verbs(),
                vocabulary.traits(),
                text -> ResourceGlob.parse(text, vocabulary.kinds()),
                Re2Text::compile);
        C bound = node == null
                ? null
                : new Binder(words, new References(name -> null, Path.of("")), problems).bind(node, type, "config");
        if (bound == null || !problems.all().isEmpty()) {
            throw new IllegalArgumentException(problems.all().toString());
        }
        return bound;
    }
}
