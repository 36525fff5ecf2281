package io.sallyport.ssh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersTest {

    private static List<String> accesses(ExecAnalysis analysis) {
        return analysis.files().stream()
                .map(Action::accesses)
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }

    @DisplayName("the target's half of a transfer names the files that it reads and writes")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "scp -f /etc/passwd          | read /etc/passwd",
                "scp -v -f -- /a /b          | read /a, read /b",
                "scp -r -f /srv/site         | read /srv/site, read /srv/site/**, list /srv/site, list /srv/site/**",
                "scp -t /srv/site/f          | write /srv/site/f, write /srv/site/f/**",
                "scp -t /srv/site/           | write /srv/site/**",
                "scp -d -t /srv/site         | write /srv/site/**",
                "scp -r -p -d -t -- '/a b'   | write /\"a b\"/**, mkdir /\"a b\"/**, setattr /\"a b\"/**",
                "scp -p -t //srv/./f         | write /srv/f, write /srv/f/**, setattr /srv/f, setattr /srv/f/**",
                "scp -t /                    | write /**",
                "/usr/bin/scp -f /x          | read /x",
                "sudo -n scp -f /x           | read /x",
                "sh -c 'scp -f /x'           | read /x",
                "rsync --server --sender -logDtpre.iLsfxCIvu . /srv/a | read /srv/a, read /srv/a/**, list /srv/a, list /srv/a/**",
                "rsync --server --sender -e.iLsfxCIvu . /srv/a /b     | read /srv/a, read /b",
                "rsync --server -ve.iLsfxCIvu . /srv/a                | write /srv/a, write /srv/a/**",
                "rsync --server -re.iLsfxCIvu --delete . /srv/a/      | write /srv/a/**, mkdir /srv/a/**, remove /srv/a/**",
                "rsync --server --sender -re.iLsf --remove-source-files . /a/ | read /a/**, list /a/**, remove /a/**",
                "git-upload-pack '/srv/big.git'   | read /srv/big.git/**",
                "git-upload-pack '/srv/big'       | read /srv/big/**, read /srv/big.git/**",
                "git-receive-pack '/srv/big.git/' | write /srv/big.git/**",
                "git upload-pack /srv/big.git     | read /srv/big.git/**",
                "git-shell -c \"git-upload-pack '/x.git'\" | read /x.git/**"
            })
    void names(String line, String expected) {
        // When
        ExecAnalysis analysis = ExecAnalysisTest.analyse(line);

        // Then
        assertEquals(List.of(expected.split(", ")), accesses(analysis));
        assertFalse(
                analysis.command().opaque(), () -> analysis.command().analysis().opaqueBecause());
        assertTrue(analysis.files().stream().noneMatch(FileAccess::opaque));
    }

    @DisplayName("a path that only the target can tell makes its file opaque")
    @ParameterizedTest
    @CsvSource({
        "scp -t x,                    ?/x",
        "scp -f /srv/../etc/passwd,   ?/passwd",
        "scp -f ./a/passwd,           ?/passwd",
        "scp -t .,                    ?/\"**\"",
        "scp -f /srv/..,              ?/\"**\"",
        "'rsync --server -re.i . a/', ?/\"**\"",
    })
    void relative(String line, String resource) {
        // When
        ExecAnalysis analysis = ExecAnalysisTest.analyse(line);

        // Then
        FileAccess file = analysis.files().get(0);
        assertTrue(file.opaque());
        assertEquals(resource, file.accesses().get(0).resource().toString());
    }

    @DisplayName("a transfer that is not understood touches any file and is an unknown command")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scp -t",
                "scp -t a b",
                "scp -t -f /x",
                "scp -t /x -r",
                "scp -S /tmp/evil -t /x",
                "scp /x -f",
                "rsync --server",
                "rsync --server -s",
                "rsync --server -e.i .",
                "rsync --server -e.i . a b",
                "rsync --server --daemon --config=/tmp/x . /a",
                "rsync --daemon",
                "rsync --server --log-file=/etc/x -e.i . /a",
                "rsync --server --temp-dir=/etc -e.i . /a",
                "rsync --server --files-from=/etc/x --sender -e.i . /a",
                "rsync --server -e.i . /a --daemon",
                "git -c a=b upload-pack /x",
                "git-upload-pack '~/x'",
                "git-upload-pack",
                "/usr/lib/openssh/sftp-server",
                "sudo sftp-server",
                "chroot /x scp -f /etc/passwd",
                "scp -f /etc/pass*",
                "s'c'p -f $X"
            })
    void unclear(String line) {
        // When
        ExecAnalysis analysis = ExecAnalysisTest.analyse(line);

        // Then
        assertTrue(analysis.command().opaque());
        assertTrue(analysis.command().accesses().stream()
                .anyMatch(access -> access.resource().unknown()));
        assertEquals(2, analysis.files().size());
        assertTrue(analysis.files().stream()
                .flatMap(file -> file.accesses().stream())
                .allMatch(access -> access.resource().unknown()));
    }

    @DisplayName("a program that copies by itself is a command like others")
    @ParameterizedTest
    @ValueSource(
            strings = {"scp a other:b", "scp -r -i key /x other:/y", "rsync -a /x /y", "git clone /x", "git fetch"})
    void clients(String line) {
        // When
        ExecAnalysis analysis = ExecAnalysisTest.analyse(line);

        // Then
        assertFalse(analysis.command().opaque());
        assertEquals(List.of(), analysis.files());
    }

    @DisplayName("the root is a path, and what lies below an unknown path is unknown")
    @ParameterizedTest
    @CsvSource({"/, /, /**", "//, /, /**", "/a/, /a, /a/**", "a/b, ?/b, '?/\"**\"'"})
    void paths(String spelled, String itself, String below) {
        // When
        FilePath path = FilePath.of(spelled);

        // Then
        List<String> resources = List.of(path.itself(), path.below()).stream()
                .map(Resource::toString)
                .toList();
        assertEquals(List.of(itself, below), resources);
    }
}
