package io.sallyport.masking;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.guardrail.GuardrailFactory;
import java.util.List;

/** Offers the guardrail {@code masking}. */
public final class MaskingPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public MaskingPlugin() {}

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(new MaskingGuardrailFactory());
    }
}
