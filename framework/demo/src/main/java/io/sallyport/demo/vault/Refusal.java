package io.sallyport.demo.vault;

/** An answer that is no success. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    final int status;

    Refusal(int status, String error) {
        super(error);
        this.status = status;
    }
}
