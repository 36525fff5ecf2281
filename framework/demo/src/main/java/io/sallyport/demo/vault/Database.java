package io.sallyport.demo.vault;

/** Where the database engine makes its roles. */
public interface Database {

    /** Makes a role that can log in. */
    void create(String role, String password) throws Exception;

    /** Drops it. */
    void drop(String role) throws Exception;
}
