package io.sallyport.admin;

import io.sallyport.approval.ApprovalRecord;
import io.sallyport.approval.Approvals;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.grant.AccessDesk;
import io.sallyport.store.Store;
import java.time.InstantSource;

/**
 * What the admin API stands on.
 *
 * @param node this gateway's name
 * @param authenticator verifies tokens
 * @param store the store
 * @param approvals the approvals of this node
 * @param revocations the revocations as this node knows them
 * @param access where people ask for grants and decide about them
 * @param records the journal's records
 * @param status how this gateway is
 * @param acts takes what operators read of others into the journal, before they see it
 * @param reloading the configuration that is in force, and its reload
 * @param clock tells the time
 */
public record AdminServices(
        String node,
        Authenticator authenticator,
        Store store,
        Approvals approvals,
        Revocations revocations,
        AccessDesk access,
        SessionRecords records,
        GatewayStatus status,
        ApprovalRecord acts,
        Reloading reloading,
        InstantSource clock) {}
