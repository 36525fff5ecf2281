/**
 * The body of a request. Its bytes come in whole from the naming room; they are read as JSON, YAML or protobuf, where they have
 * one reading. What goes out is a text without spellings, and what the body alone knows: a name, options.
 */
@NullMarked
package io.sallyport.kubernetes.naming.body;

import org.jspecify.annotations.NullMarked;
