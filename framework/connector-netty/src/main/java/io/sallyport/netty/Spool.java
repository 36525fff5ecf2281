package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A frame that is too long for memory: its bytes go to a file as they come and are read through a mapping of it.
 *
 * <ol>
 *   <li>The file has no name, so that nobody else can open it and nothing is left of it, however the process ends. It lies in
 *       the directory of {@code java.io.tmpdir}.
 *   <li>It grows with the bytes that have come; nothing is allocated from a declared length.
 *   <li>File and mapping are gone when {@link #drop()} is called or the buffer of {@link #finish} is released.
 *   <li>Confined to one event loop. Writing is a copy into the page cache, as it is with the journal.
 * </ol>
 */
public final class Spool {

    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /**
     * An empty file.
     *
     * @throws IOException if there can be none
     */
    public static Spool open() throws IOException {
        Path named = Files.createTempFile("sallyport-", ".frame");
        try {
            return new Spool(FileChannel.open(named, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.delete(named);
        }
    }

    /**
     * Adds bytes.
     *
     * @throws IOException if they cannot be kept, such as on a full disk
     */
    public void write(ByteBuf bytes, int start, int end) throws IOException {
        for (ByteBuffer part : bytes.nioBuffers(start, end - start)) {
            while (part.hasRemaining()) {
                file.write(part);
            }
        }
    }

    /**
     * Everything that was written; the caller releases it.
     *
     * @throws IOException if it cannot be read
     */
    public ByteBuf finish(ByteBufAllocator allocator) throws IOException {
        try (file) {
            long size = file.size();
            return new Mapped(allocator, file.map(FileChannel.MapMode.READ_WRITE, 0, size), Math.toIntExact(size));
        }
    }

    /** Forgets everything. */
    public void drop() {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing can be done, and nothing is left that has a name.
        }
    }

    /** A mapping that is taken down with its last reference; left to the garbage collector it could outlive many others. */
    private static final class Mapped extends UnpooledDirectByteBuf {

        private final ByteBuffer mapping;

        Mapped(ByteBufAllocator allocator, ByteBuffer mapping, int size) {
            super(allocator, mapping, size);
            this.mapping = mapping;
        }

        /** What stands for the deprecated call frees only what it has allocated itself. */
        @SuppressWarnings("deprecation")
        @Override
        protected void deallocate() {
            super.deallocate();
            PlatformDependent.freeDirectBuffer(mapping);
        }
    }
}
