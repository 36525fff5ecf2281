/**
 * An operator or a signal asks the launch room for a reload. The package reads and checks the configuration's file as a start
 * does, compares it with what is in force, records the change, and puts it in force as a whole or not at all. What goes out is
 * a report to who asked; the grant and session rooms below work under the new rules from then on.
 */
@NullMarked
package io.sallyport.launch.reload;

import org.jspecify.annotations.NullMarked;
