package io.sallyport.holding;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.guardrail.GuardrailFactory;
import java.util.List;

/** Offers the guardrail {@code approval}. */
public final class ApprovalPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public ApprovalPlugin() {}

    @Override
    public List<GuardrailFactory<?>> guardrails() {
        return List.of(new ApprovalGuardrailFactory());
    }
}
