package io.sallyport.ssh.transport;

import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.helpers.AbstractFactoryManager;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.random.SingletonRandomFactory;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * What both ends negotiate: authenticated encryption or encrypt-then-MAC, key exchanges with SHA-2, and strict key exchange.
 *
 * <p>ChaCha20-Poly1305 is left out: OpenSSH would choose it first, and it is the one cipher here that the JDK cannot do in
 * hardware.
 */
final class Algorithms {

    static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg14_256);

    private static final List<NamedFactory<Cipher>> CIPHERS = List.of(
            SpaciousGcm.factory(128), SpaciousGcm.factory(256), BuiltinCiphers.aes128ctr, BuiltinCiphers.aes256ctr);

    private static final List<BuiltinMacs> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);

    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519_cert,
            BuiltinSignatures.nistp256_cert,
            BuiltinSignatures.nistp384_cert,
            BuiltinSignatures.nistp521_cert,
            BuiltinSignatures.rsaSHA512_cert,
            BuiltinSignatures.rsaSHA256_cert,
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.sk_ssh_ed25519,
            BuiltinSignatures.sk_ecdsa_sha2_nistp256,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private Algorithms() {}

    static void apply(AbstractFactoryManager end, Function<DHFactory, KeyExchangeFactory> exchanges) {
        end.setKeyExchangeFactories(KEY_EXCHANGES.stream()
                .filter(OptionalFeature::isSupported)
                .map(exchanges)
                .toList());
        end.setCipherFactories(CIPHERS);
        end.setMacFactories(MACS.stream()
                .filter(OptionalFeature::isSupported)
                .map(mac -> (NamedFactory<Mac>) mac)
                .toList());
        end.setSignatureFactories(signatures());
        end.setRandomFactory(new SingletonRandomFactory(SecurityUtils.getRandomFactory()));
        // The library wants one although nothing ever asks it.
        end.setForwarderFactory(BaseBuilder.DEFAULT_FORWARDER_FACTORY);
        CoreModuleProperties.IGNORE_MESSAGE_FREQUENCY.set(end, 0L);
        CoreModuleProperties.IDLE_TIMEOUT.set(end, java.time.Duration.ZERO);
        end.setGlobalRequestHandlers(List.<RequestHandler<org.apache.sshd.common.session.ConnectionService>>of());
    }

    static List<NamedFactory<Signature>> signatures() {
        return SIGNATURES.stream()
                .filter(OptionalFeature::isSupported)
                .map(signature -> (NamedFactory<Signature>) signature)
                .toList();
    }
}
