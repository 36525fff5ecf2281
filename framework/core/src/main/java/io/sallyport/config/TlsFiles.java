package io.sallyport.config;

import io.sallyport.api.config.Description;
import java.nio.file.Path;

/**
 * A server's certificate and key.
 *
 * @param certificate the certificate chain in PEM
 * @param key its private key in PEM
 */
@Description("A server's certificate and key.")
public record TlsFiles(
        @Description("The certificate chain, a PEM file.") Path certificate,

        @Description("Its private key, a PEM file.") Path key) {}
