/**
 * The start of the admin API beside a gateway. The launch room brings the rooms of a running gateway; the configuration's
 * section and the journal's files become what the {@link io.sallyport.admin.AdminServer} stands on; out goes a server that
 * listens, and that the launch room stops.
 */
@NullMarked
package io.sallyport.admin.start;

import org.jspecify.annotations.NullMarked;
