package io.sallyport.masking;

import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;

/** Makes masking guardrails. */
public final class MaskingGuardrailFactory implements GuardrailFactory<MaskingConfig> {

    @Override
    public String type() {
        return "masking";
    }

    @Override
    public Class<MaskingConfig> configType() {
        return MaskingConfig.class;
    }

    @Override
    public Guardrail create(String name, MaskingConfig config) {
        return new MaskingGuardrail(name, config);
    }
}
