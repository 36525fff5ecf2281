/** What the policy room says, held against what sessions do. */
@NullMarked
package io.sallyport.policy;

import org.jspecify.annotations.NullMarked;
