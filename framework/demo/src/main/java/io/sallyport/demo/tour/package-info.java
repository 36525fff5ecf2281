/**
 * The demo's story, played by ordinary clients. The running demo gives its ports and tokens; each step goes through the
 * gateway by pgjdbc, through the admin API, or to the journal's files, and is compared with what must come out; the verdict
 * on the whole goes back to the command line.
 */
@NullMarked
package io.sallyport.demo.tour;

import org.jspecify.annotations.NullMarked;
