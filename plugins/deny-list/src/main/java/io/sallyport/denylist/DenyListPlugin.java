package io.sallyport.denylist;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.guardrail.GuardrailFactory;
import java.util.List;

/** Offers the guardrail {@code deny-list}. */
public final class DenyListPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public DenyListPlugin() {}

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(new DenyListGuardrailFactory());
    }
}
