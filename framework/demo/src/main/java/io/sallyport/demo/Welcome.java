package io.sallyport.demo;

import java.io.PrintWriter;

/** What the demo tells whoever started it: lines to copy and paste. */
final class Welcome {

    private Welcome() {}

    static void print(RunningDemo demo, PrintWriter out) {
        out.printf(
                """

            Sallyport is running on this machine. In another terminal:

              . %1$s/demo.env
              export PGPASSWORD=$TOK
              psql "host=127.0.0.1 port=$PG_PORT dbname=app user=alice sslmode=verify-full sslrootcert=$CA_FILE"

            Try there, one after the other:

              SELECT id, balance FROM customers;             -- allowed
              SELECT * FROM customers;                       -- masked
              DROP TABLE orders;                             -- denied
              UPDATE orders SET note = 'mine' WHERE id = 1;  -- waits for a person; to be that person:

              export SALLYPORT_URL=$ADMIN_URL SALLYPORT_CA=$CA_FILE SALLYPORT_TOKEN=$TOKEN_APPROVER
              sallyport approvals list
              sallyport approvals approve ID

            Commands and files on an SSH host go the same way (rm -rf is denied, sudo waits, addresses are masked):

              export TOK SSH_ASKPASS SSH_ASKPASS_REQUIRE=force
              ssh -F $SSH_CONFIG web1 'cat customers.csv'
              ssh -F $SSH_CONFIG web1 'rm -rf site'
              scp -F $SSH_CONFIG web1:customers.csv .
              ssh -p $SSH_PORT -o UserKnownHostsFile=$SSH_KNOWN_HOSTS deploy@web1@127.0.0.1    # a shell

            The same with a cluster:

              export KUBECONFIG
              kubectl get secret db -o yaml                  -- masked
              kubectl delete pod web-1 -n prod               -- denied
              kubectl exec web-1 -- hostname                 -- waits for a person

            Drivers: jdbc:postgresql://127.0.0.1:%2$s/app?user=alice&sslmode=verify-full&sslrootcert=%3$s
            Targets: app (rules), scratch (destructive statements are refused), bench (everything is allowed and recorded), web1 (an SSH host), prod (a cluster), app-vault (app, with a role of its own for each session)
            Tokens:  sallyport demo token alice|bob|ci|carol|audit
            Files:   %1$s (configuration in sallyport.yaml, the record in journal/)

            Ctrl-C stops it.
            """,
                demo.path(),
                demo.environment().get("PG_PORT"),
                demo.environment().get("CA_FILE"));
        out.flush();
    }
}
