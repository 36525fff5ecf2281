package io.sallyport.kubernetes.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Private keys as kubeconfig files have them, in the one form that Java reads. A PKCS#1 key (RFC 8017, A.1.2) and a SEC 1
 * key (RFC 5915) are put into a PKCS#8 envelope (RFC 5958).
 */
final class PemKeys {

    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PemKeys() {}

    /** The same key as PEM in PKCS#8; what is PKCS#8 already, or unknown, stays as it is. */
    static byte[] pkcs8(byte[] pem) throws IOException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        byte[] rsa = block(text, "RSA PRIVATE KEY");
        if (rsa != null) {
            return envelope(RSA, rsa);
        }
        byte[] ec = block(text, "EC PRIVATE KEY");
        return ec == null ? pem : envelope(wrap(SEQUENCE, join(EC, curve(ec))), ec);
    }

    private static byte @org.jspecify.annotations.Nullable [] block(String text, String label) throws IOException {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IOException("a private key that is not PEM", e);
        }
    }

    /** The curve's name, which a SEC 1 key has in its optional field 0. */
    private static byte[] curve(byte[] sec1) throws IOException {
        int at = content(sec1, 0, SEQUENCE);
        at = next(sec1, at);
        at = next(sec1, at);
        if (at >= sec1.length || (sec1[at] & 0xff) != PARAMETERS) {
            throw new IOException("an EC key without the name of its curve");
        }
        int start = content(sec1, at, PARAMETERS);
        return java.util.Arrays.copyOfRange(sec1, start, next(sec1, start));
    }

    private static int content(byte[] der, int at, int tag) throws IOException {
        if (at + 1 >= der.length || (der[at] & 0xff) != tag) {
            throw new IOException("a private key that is not DER");
        }
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    private static int next(byte[] der, int at) throws IOException {
        if (at + 1 >= der.length) {
            throw new IOException("a private key that is cut short");
        }
        int first = der[at + 1] & 0xff;
        int length = first;
        int start = at + 2;
        if (first >= 0x80) {
            int digits = first & 0x7f;
            if (digits > 3 || start + digits > der.length) {
                throw new IOException("a private key that is not DER");
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | (der[start + i] & 0xff);
            }
            start += digits;
        }
        if (start + length > der.length) {
            throw new IOException("a private key that is cut short");
        }
        return start + length;
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        byte[] der = wrap(SEQUENCE, join(VERSION, algorithm, wrap(OCTETS, key)));
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] wrap(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
