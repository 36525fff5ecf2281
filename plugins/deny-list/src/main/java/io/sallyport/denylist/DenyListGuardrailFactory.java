package io.sallyport.denylist;

import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;

/** Makes deny lists. */
public final class DenyListGuardrailFactory implements GuardrailFactory<DenyListConfig> {

    @Override
    public String type() {
        return "deny-list";
    }

    @Override
    public Class<DenyListConfig> configType() {
        return DenyListConfig.class;
    }

    @Override
    public Guardrail create(String name, DenyListConfig config) {
        return new DenyListGuardrail(name, config);
    }
}
