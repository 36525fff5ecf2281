package io.sallyport.cli;

import picocli.CommandLine.Command;

/** {@code sallyport policy}: ask a configuration what it decides. */
@Command(
        name = "policy",
        description = "Explains, tests and checks what a configuration decides.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyExplainCommand.class,
            PolicyTestCommand.class,
            PolicyLintCommand.class,
            PolicyReloadCommand.class
        })
public final class PolicyCommand implements CliCommand {

    /** Made by the service loader. */
    public PolicyCommand() {}
}
