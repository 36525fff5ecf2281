package io.sallyport.api.surface;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;

/** Types that each show a foreign type in one place. */
public interface Shows {

    interface InField {
        Connection[] NONE = {};
    }

    interface InParameter {
        void take(Connection connection);
    }

    interface InReturn {
        Connection give();
    }

    interface InArray {
        Connection[][] give();
    }

    interface InArgument {
        List<Supplier<Connection>> give();
    }

    interface InWildcard {
        void take(Function<? super Connection, ? extends List<?>> function);
    }

    interface InBound<C extends Supplier<? extends Connection>> {
        C give();
    }

    interface InMethodBound {
        <C extends Connection> void take(List<C> list);
    }

    interface InException {
        void run() throws SQLException;
    }

    record InComponent(Connection connection) {}

    interface InSupertype extends Supplier<Connection> {}

    @Tag("foreign")
    interface InAnnotation {}

    interface InMemberAnnotation {
        @Tag("foreign")
        void run();
    }

    class InProtectedConstructor {
        protected InProtectedConstructor(Connection connection) {
            assert connection != null;
        }
    }

    final class Inside {
        private final Connection connection;

        Inside(Connection connection) {
            this.connection = connection;
        }

        public boolean present() {
            return connection != null;
        }
    }
}
