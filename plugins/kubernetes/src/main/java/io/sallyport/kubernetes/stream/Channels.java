package io.sallyport.kubernetes.stream;

/** Takes what the frames of a tunnel carry. */
public interface Channels {

    /** What the client types. */
    int STDIN = 0;

    /** What the process writes. */
    int STDOUT = 1;

    /** What the process writes on its second stream. */
    int STDERR = 2;

    /** How the process ended, as an object of kind {@code Status}; or what went wrong with a port. */
    int ERROR = 3;

    /** The size of the terminal. */
    int RESIZE = 4;

    /** Bytes of a channel of a command. The array is only lent. */
    void data(int channel, byte[] bytes, int offset, int length);

    /** The client wants a stream to a port; called before bytes of the stream. */
    void port(int port);

    /** Bytes of a stream to a port went by. */
    void portData(int port, int length);
}
