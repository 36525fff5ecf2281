package io.sallyport.hours;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import java.util.List;

/** The entry of the jar, and the maker of its guardrails. */
public final class HoursPlugin implements SallyportPlugin, GuardrailFactory<HoursConfig> {

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(this);
    }

    @Override
    public String type() {
        return "hours";
    }

    @Override
    public Class<HoursConfig> configType() {
        return HoursConfig.class;
    }

    @Override
    public Guardrail create(String name, HoursConfig config) {
        return new HoursGuardrail(name, config);
    }
}
