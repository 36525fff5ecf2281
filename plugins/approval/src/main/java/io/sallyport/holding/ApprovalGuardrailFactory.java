package io.sallyport.holding;

import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;

/** Makes guardrails that ask people. */
public final class ApprovalGuardrailFactory implements GuardrailFactory<ApprovalConfig> {

    @Override
    public String type() {
        return "approval";
    }

    @Override
    public Class<ApprovalConfig> configType() {
        return ApprovalConfig.class;
    }

    @Override
    public Guardrail create(String name, ApprovalConfig config) {
        return new ApprovalGuardrail(name, config);
    }
}
