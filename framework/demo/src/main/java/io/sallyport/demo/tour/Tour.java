package io.sallyport.demo.tour;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Plays the steps one after the other; each builds on those before it, so the first that fails is the last. */
public final class Tour {

    private final List<Step> steps;
    private final PrintWriter out;

    /**
     * A tour of a running demo.
     *
     * @param environment the variables of {@code demo.env}
     * @param directory where the tour may put files of its own
     * @param out where the story is told
     */
    public Tour(UnaryOperator<String> environment, Path directory, PrintWriter out) throws Exception {
        this.out = out;
        Clients clients = new Clients(environment);
        AdminClient admin = new AdminClient(environment);
        DataSteps data = new DataSteps(clients);
        VaultSteps vault = new VaultSteps(clients);
        ApprovalSteps approvals = new ApprovalSteps(clients, admin);
        RecordSteps records = new RecordSteps(environment, directory, admin);
        SshSteps ssh = new SshSteps(environment, directory, admin);
        ClusterSteps cluster = new ClusterSteps(new ClusterClient(environment), admin);
        this.steps = List.of(
                new Step("An allowed query goes through", data::allowed),
                new Step("What must not be seen is masked", data::masked),
                new Step("What no grant names is out of scope", data::outOfScope),
                new Step("A DROP is denied, and the session goes on", data::denied),
                new Step("Each session has a database role of its own from a vault, gone afterwards", vault::lent),
                new Step("An UPDATE waits for a person, is approved, and runs", approvals::approved),
                new Step("The next one is rejected", approvals::rejected),
                new Step("A command on an SSH host runs", ssh::allowed),
                new Step("What it says is masked", ssh::masked),
                new Step("An rm -rf is denied, however it is spelled", ssh::denied),
                new Step("A sudo waits for a person, is approved, and runs", ssh::approved),
                new Step("The record has the commands too", ssh::recorded),
                new Step("In a cluster, a Secret's values are masked", cluster::masked),
                new Step("Nothing is deleted in prod", cluster::denied),
                new Step("Nobody enters a pod of prod, and one of stage only with an approval", cluster::entered),
                new Step("The record tells it all, to auditors only", () -> records.record(data.session())),
                new Step("journal verify passes", records::verified),
                new Step("A single flipped bit is found", records::flipped));
    }

    /**
     * Plays the story.
     *
     * @return whether every step came out right
     */
    public boolean play() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            out.printf("%n%d/%d  %s%n", i + 1, steps.size(), step.name());
            try {
                step.play().run().forEach(line -> out.println("     " + line));
                out.println("     ok");
            } catch (Exception | AssertionError e) {
                out.println("     FAILED: " + step.name() + ": " + e.getMessage());
                out.flush();
                return false;
            }
            out.flush();
        }
        out.printf("%nThe tour is over: all %d steps came out right.%n", steps.size());
        out.flush();
        return true;
    }

    /** A step: what it shows, and how. */
    private record Step(String name, Play play) {}

    /** Does a step and tells what was seen; throws if it was not what must be seen. */
    @FunctionalInterface
    interface Play {

        /** Lines for the reader. */
        List<String> run() throws Exception;
    }
}
