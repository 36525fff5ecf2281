package io.sallyport.launch;

import io.sallyport.approval.ApprovalRecord;
import io.sallyport.approval.Approvals;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.config.Configuration;
import io.sallyport.grant.AccessDesk;
import io.sallyport.identity.IdentityService;
import io.sallyport.launch.reload.Reload;
import io.sallyport.store.Store;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The rooms of a running gateway, for a {@link Front}.
 *
 * @param configuration what it runs
 * @param clock tells the time
 * @param identities verifies tokens
 * @param store the store
 * @param approvals the approvals of this node
 * @param revocations the revocations as this node knows them
 * @param access where people ask for grants and decide about them
 * @param acts takes what operators do into the journal, before it takes effect
 * @param ready whether new sessions can open
 * @param reload puts a changed configuration in force
 * @param components each part's state in a few words
 */
public record GatewayServices(
        Configuration configuration,
        InstantSource clock,
        IdentityService identities,
        Store store,
        Approvals approvals,
        Revocations revocations,
        AccessDesk access,
        ApprovalRecord acts,
        BooleanSupplier ready,
        Reload reload,
        Supplier<Map<String, String>> components) {}
