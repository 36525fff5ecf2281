package io.sallyport.ssh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenActionTest {

    @DisplayName("what a person writes is the action that a client would ask for")
    @ParameterizedTest
    @CsvSource({
        "shell,                        COMMAND,     [shell shell]",
        "systemctl restart site,       COMMAND,     [exec systemctl restart site]",
        "exec read /etc/hosts,         COMMAND,     [exec read /etc/hosts]",
        "read me,                      COMMAND,     [exec read me]",
        "read /etc/hosts,              FILE_ACCESS, [read /etc/hosts]",
        "mkdir /srv/a b,               FILE_ACCESS, '[mkdir /srv/\"a b\"]'",
        "forward-local 10.0.0.5:5432,  TUNNEL,      [forward-local 10.0.0.5:5432]"
    })
    void reads(String text, ActionKind kind, String accesses) {
        // When
        Action action = WrittenAction.read(text);

        // Then
        assertEquals(kind, action.kind());
        assertEquals(accesses, action.accesses().toString());
    }

    @DisplayName("a tunnel without a host and a port is refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "forward-local",
                "forward-local host",
                "forward-local host:",
                "forward-up h:1",
                "forward-local h:1234567"
            })
    void refuses(String text) {
        // When / Then
        assertThrows(IllegalArgumentException.class, () -> WrittenAction.read(text));
    }
}
